<%= "built by Maven, " + 6 * 7 %>
