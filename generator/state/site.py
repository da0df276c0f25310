"""What the site is made of: its pages, and the files that were published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.state.connection import Connected, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.state.rows import PageRow, UnitName


class SiteTables(Connected):
    """Keeps pages and published files."""

    def paths(self) -> list[str]:
        """List the pages in the order of the site."""
        return [path for (path,) in self._all("SELECT path FROM pages ORDER BY place")]

    def marks_of_pages(self) -> dict[str, str]:
        """Give what the file system said of the two files of each page, by path, in the order of the site."""
        return dict(self._all("SELECT path, marks FROM pages ORDER BY place"))

    def page(self, path: str) -> PageRow | None:
        """Give a page; None where there is none."""
        row: PageRow | None = self._one("SELECT path, name, key, marks, html FROM pages WHERE path = ?", path)
        return row

    def pages(self) -> list[PageRow]:
        """Give all pages in the order of the site."""
        return self._all("SELECT path, name, key, marks, html FROM pages ORDER BY place")

    def pages_of(self, unit: UnitName) -> list[str]:
        """List the pages of a unit."""
        return [path for (path,) in self._all("SELECT path FROM pages WHERE name = ? AND key = ?", *unit)]

    def keep_pages(self, pages: Iterable[PageRow]) -> None:
        """Keep all pages, in the order of the site, in the place of those that were kept."""
        with translated():
            self._connection.execute("DELETE FROM pages")
            self._connection.executemany(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?)",
                ((path, place, *rest) for place, (path, *rest) in enumerate(pages)),
            )

    def renew_pages(self, pages: Iterable[PageRow]) -> None:
        """Keep pages, each in the place that it has in the site."""
        with translated():
            self._connection.executemany(
                "UPDATE pages SET name = ?, key = ?, marks = ?, html = ? WHERE path = ?",
                ((*rest, path) for path, *rest in pages),
            )

    def published(self) -> dict[str, str]:
        """Give the signature of every published file, by path."""
        return dict(self._all("SELECT path, signature FROM published"))

    def keep_published(self, fresh: Mapping[str, str], gone: Iterable[str], *, anew: bool) -> None:
        """Keep the signatures of published files.

        Args:
            fresh: by path.
            gone: what is no longer there.
            anew: whether nothing else is.
        """
        with translated():
            if anew:
                self._connection.execute("DELETE FROM published")
            self._connection.executemany("DELETE FROM published WHERE path = ?", ((path,) for path in gone))
            self._connection.executemany("INSERT OR REPLACE INTO published VALUES (?, ?)", fresh.items())
