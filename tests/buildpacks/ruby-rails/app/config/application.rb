require_relative "boot"
require "logger"
require "rails"
require "action_controller/railtie"
require "sprockets/railtie"

Bundler.require(*Rails.groups)

module Shop
  class Application < Rails::Application
    config.load_defaults 6.1
    config.eager_load = true
    config.hosts.clear
    config.public_file_server.enabled = ENV["RAILS_SERVE_STATIC_FILES"].present?
    routes.append { root to: "shop#index" }
  end
end
