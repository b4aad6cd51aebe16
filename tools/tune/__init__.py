"""What the tuned numbers of the project are worth: each is moved over its range, and the sets say what that changes."""
