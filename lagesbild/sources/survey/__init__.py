"""Parts of the readers of surveys and dialogues."""
