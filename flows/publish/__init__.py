"""What is published beside the mailing: an archive of pages and feeds of flagged stories, as files in a folder."""
