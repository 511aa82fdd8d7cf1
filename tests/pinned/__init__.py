"""What axiswatch made at one commit, kept so that changes which must not change behaviour can prove it."""
