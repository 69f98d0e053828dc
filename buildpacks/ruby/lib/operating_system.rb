# SPDX-License-Identifier: Apache-2.0
# RubyGems reads this first. It is in the place of Debian's file of this name, which says where
# Debian has gems; this Ruby is elsewhere.

# RUBYLIB leads Ruby to its own library, and would let that go before gems: a newer json of the
# app's would be half loaded. Ruby's own goes last, where it is in an installed Ruby.
own, others = $LOAD_PATH.partition { |directory| directory.start_with?("#{RbConfig::TOPDIR}/lib/") }
$LOAD_PATH.replace(others + own)

class << Gem
  OPERATING_SYSTEM_DEFAULTS = { ssl_ca_cert: "/etc/ssl/certs/ca-certificates.crt" }.freeze

  alias_method :upstream_default_path, :default_path
  def default_path
    upstream_default_path +
      Dir["#{RbConfig::TOPDIR}/{share,lib/#{RbConfig::CONFIG["arch"]}}/rubygems-integration/{all,#{RbConfig::CONFIG["ruby_version"]}}"]
  end
end
