"""What editors write: policy topics, news and its archive, must-reads. Wagtail gives drafts, workflow and history."""
