class ShopController < ActionController::Base
  def index
    sheets = Dir["public/assets/application-*.css"]
    render plain: "rails #{Rails.env} #{helpers.stylesheet_path("application")}, one of #{sheets.size}"
  end
end
