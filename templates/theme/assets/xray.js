// The way from passage to passage by keyboard.
