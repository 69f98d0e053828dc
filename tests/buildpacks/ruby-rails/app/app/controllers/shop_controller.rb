class ShopController < ActionController::Base
  def index
    render plain: "rails #{Rails.env} #{helpers.stylesheet_path("application")}"
  end
end
