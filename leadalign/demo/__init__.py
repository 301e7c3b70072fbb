"""An invented company: a seeded generator writes its CRM exports, and they are read like anybody's files."""
