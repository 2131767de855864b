"""What Pantau claims about quality, speed and memory, each as one command."""
