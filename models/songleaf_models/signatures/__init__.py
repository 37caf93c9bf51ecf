"""The network that tells which key signatures an edition of given notes would bear."""
