tasks.register("stage") { dependsOn("build") }
