java { toolchain { languageVersion.set(JavaLanguageVersion.of(99)) } }
