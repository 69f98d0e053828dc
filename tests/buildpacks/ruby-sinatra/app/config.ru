require "sinatra"

get("/") { "sinatra #{RUBY_VERSION} #{ENV["RACK_ENV"]} #{Gem.loaded_specs["puma"].full_gem_path}" }
run Sinatra::Application
