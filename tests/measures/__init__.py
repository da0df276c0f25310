"""What pages and search weigh and how fast they show, measured in Chromium: `make measure`."""
