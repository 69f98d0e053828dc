// SPDX-License-Identifier: Apache-2.0
// What the plugins of make-maven-repository do.
import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;

public class Plugins {
  abstract static class Step extends AbstractMojo {
    MavenProject project;

    File output() { return new File(project.getBuild().getOutputDirectory()); }

    void run(String... command) throws Exception {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0)
        throw new MojoExecutionException(command[0] + " failed");
    }

    abstract void work() throws Exception;

    public void execute() throws MojoExecutionException {
      try {
        work();
      } catch (MojoExecutionException e) {
        throw e;
      } catch (Exception e) {
        throw new MojoExecutionException("step failed", e);
      }
    }
  }

  public static class Nothing extends Step {
    void work() {}
  }

  public static class Test extends Step {
    void work() throws Exception {
      if (System.getProperty("skipTests") == null) throw new MojoExecutionException("tests were run");
    }
  }

  public static class Compile extends Step {
    void work() throws Exception {
      List<String> command = new ArrayList<>();
      command.add(System.getenv("JAVA_HOME") + "/bin/javac");
      command.add("--release");
      command.add(project.getProperties().getProperty("maven.compiler.release", "11"));
      command.add("-d");
      command.add(output().getPath());
      for (String root : project.getCompileSourceRoots()) {
        File[] files = new File(root).listFiles();
        if (files != null) for (File file : files) command.add(file.getPath());
      }
      run(command.toArray(new String[0]));
    }
  }

  public static class Jar extends Step {
    void work() throws Exception {
      File manifest = new File(project.getBuild().getDirectory(), "manifest");
      String attributes = project.getProperties().getProperty("manifest", "Main-Class: Server");
      Files.write(manifest.toPath(), (attributes.trim() + "\n").getBytes("UTF-8"));
      File file = new File(project.getBuild().getDirectory(), project.getBuild().getFinalName() + ".jar");
      run(System.getenv("JAVA_HOME") + "/bin/jar", "--create", "--file", file.getPath(),
          "--manifest", manifest.getPath(), "-C", output().getPath(), ".");
      project.getArtifact().setFile(file);
    }
  }
}
