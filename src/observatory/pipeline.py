"""The whole round on one page: archive → records → observations → store → release. READ ME FIRST."""
