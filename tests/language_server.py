"""An editor's side of yaml-language-server: it opens a file and asks what the server says of it."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from system_tools import find_node, find_npm_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Message = dict[str, Any]
TIME_LIMIT = 60  # seconds; only a server that hangs meets it


@dataclass(frozen=True, slots=True)
class Problem:
    """What the server found: its 1-based line, the words that are marked, what it says, and by which schema."""

    line: int
    marked: str
    message: str
    schema: str


def _read(stream: IO[bytes], into: queue.Queue[Message | None]) -> None:
    """Put each message of the server into a queue, and None when the server has gone."""
    while header := stream.readline():
        length = int(header.partition(b":")[2]) if header.lower().startswith(b"content-length") else 0
        while stream.readline().strip():  # the other headers end in an empty line
            pass
        into.put(json.loads(stream.read(length)))
    into.put(None)


@dataclass(slots=True)
class LanguageServer:
    """A running server that has opened a project's folder."""

    process: subprocess.Popen[bytes]
    root: Path
    settings: Message
    received: queue.Queue[Message | None] = field(default_factory=queue.Queue)
    problems: dict[str, list[Message]] = field(default_factory=dict)
    asked: int = 0
    opened_files: int = 0

    def send(self, message: Message) -> None:
        """Send one message."""
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def receive(self) -> Message:
        """Wait for one message; what the server asks meanwhile is answered, what it finds is kept."""
        message = self.received.get(timeout=TIME_LIMIT)
        assert message is not None, "the language server has gone"
        if message.get("method") == "textDocument/publishDiagnostics":
            self.problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            parts = [self.section(item.get("section", "")) for item in message["params"]["items"]]
            self.send({"id": message["id"], "result": parts})
        elif "method" in message and "id" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def section(self, name: str) -> Message:
        """Give the part of the editor's settings whose names begin alike: `yaml` for `yaml.schemas` and so on."""
        return {
            key.removeprefix(f"{name}."): value for key, value in self.settings.items() if key.startswith(f"{name}.")
        }

    def tell(self, method: str, params: Message) -> None:
        """Tell the server something that needs no answer."""
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Message) -> Any:
        """Ask the server something and wait for the answer."""
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.asked and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def start(self) -> None:
        """Say what this editor can show, and wait until the server is ready."""
        markdown = ["markdown", "plaintext"]
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": self.root.name}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": markdown}},
                        "hover": {"contentFormat": markdown},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {}})

    @contextlib.contextmanager
    def opened(self, path: str, text: str) -> Iterator[OpenFile]:
        """Open a file of the project with a text that need not be on the disk."""
        self.opened_files += 1  # the server keeps what it has parsed by name and version
        file = OpenFile(self, (self.root / path).as_uri(), text)
        document = {"uri": file.uri, "languageId": "yaml", "version": self.opened_files, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        try:
            yield file
        finally:
            self.close(file)

    def close(self, file: OpenFile) -> None:
        """Close a file, and wait until the server has taken back what it said of it."""
        file.find_problems()  # nothing that belongs to this text arrives after it has been closed
        self.problems.pop(file.uri)
        self.tell("textDocument/didClose", {"textDocument": {"uri": file.uri}})
        assert file.find_problems() == []
        self.problems.pop(file.uri)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is open in the editor."""

    server: LanguageServer
    uri: str
    text: str

    def at(self, mark: str) -> Message:
        """Give the place just behind the words of the text, which stand there once."""
        assert self.text.count(mark) == 1, f"{self.text.count(mark)} times: {mark!r}"
        before = self.text[: self.text.index(mark) + len(mark)]
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return {"textDocument": {"uri": self.uri}, "position": position}

    def complete(self, mark: str) -> dict[str, Message]:
        """Ask what may stand behind these words: each offer by its label."""
        answer = self.server.ask("textDocument/completion", self.at(mark))
        return {item["label"]: item for item in answer["items"]}

    def hover(self, mark: str) -> str:
        """Ask what the last letter of these words is about."""
        place = self.at(mark)
        place["position"]["character"] -= 1
        answer = self.server.ask("textDocument/hover", place)
        return str(answer["contents"]["value"]) if answer else ""

    def find_problems(self) -> list[Problem]:
        """Wait until the server has looked through the file."""
        while self.uri not in self.server.problems:
            self.server.receive()
        return [self.read_problem(found) for found in self.server.problems[self.uri]]

    def read_problem(self, found: Message) -> Problem:
        """Look up the words that are marked, up to the end of their first line."""
        start, end = found["range"]["start"], found["range"]["end"]
        line = self.text.split("\n")[start["line"]]
        marked = line[start["character"] : end["character"] if end["line"] == start["line"] else None]
        schemas = found.get("data", {}).get("schemaUri") or [""]
        return Problem(start["line"] + 1, marked, found["message"], schemas[0].rpartition("/")[2])


@contextlib.contextmanager
def language_server(root: Path, settings: Message) -> Iterator[LanguageServer]:
    """Start yaml-language-server for a project's folder, with the editor's settings by their full names.

    Raises:
        ToolMissingError: if Node.js or the server is not here.
    """
    program = find_npm_package("yaml-language-server") / "bin" / "yaml-language-server"
    with subprocess.Popen(
        [find_node(), str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as process:
        assert process.stdout is not None
        server = LanguageServer(process, root, settings)
        reader = threading.Thread(target=_read, args=(process.stdout, server.received), daemon=True)
        reader.start()
        try:
            server.start()
            yield server
            server.ask("shutdown", {})
            server.tell("exit", {})
        finally:
            process.kill()
            process.wait()
            reader.join(TIME_LIMIT)
