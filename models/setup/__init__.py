"""Setting a workspace up: settings, channels, progress, files in and out."""
