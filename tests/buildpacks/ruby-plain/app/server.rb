require "json"
require "socket"

server = TCPServer.new("0.0.0.0", ENV.fetch("PORT"))
loop do
  client = server.accept
  nil until client.gets.to_s.strip.empty?
  body = JSON.generate([RbConfig.ruby, ENV["RACK_ENV"], $LOAD_PATH.last])
  client.write("HTTP/1.1 200 OK\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n#{body}")
  client.close
end
