# Answers every request: /env with its variables, /read?PATH and /write?PATH with what became of
# that, anything else with the text of the file `version`. Needs perl-base only.
use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 64, ReuseAddr => 1)
  or die "cannot listen: $!";
$SIG{TERM} = sub { exit 0 };

sub slurp {
  my ($path) = @_;
  open(my $file, '<', $path) or return "cannot: $!";
  local $/ = undef;
  return scalar <$file>;
}

while (my $client = $server->accept) {
  my $request = <$client> // '';
  while (my $line = <$client>) { last if $line =~ /^\r?$/ }
  my $text;
  if ($request =~ m{^GET /env }) { $text = join('', map { "$_=$ENV{$_}\n" } sort keys %ENV) }
  elsif ($request =~ m{^GET /read\?(\S+) }) { $text = slurp($1) }
  elsif ($request =~ m{^GET /write\?(\S+) }) {
    $text = open(my $file, '>>', $1) ? 'written' : "cannot: $!";
  }
  else { $text = slurp('version') }
  print $client "HTTP/1.1 200 OK\r\nContent-Length: " . length($text) . "\r\nConnection: close\r\n\r\n$text";
  close $client;
}
