"""What the commands share that run on somebody's own machine, without any server or settings."""
