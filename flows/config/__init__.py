"""The config: a TOML file and the environment, made into frozen settings."""
