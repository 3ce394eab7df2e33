using Isobar.Instrumentation.Calls;

namespace Isobar.Functions.Tests.Instrumentation;

public sealed class RouteTests
{
    [Theory]
    [InlineData("http://host/", "/")]
    [InlineData("http://user:password@host/orders/items?token=secret#part", "/orders/items")]
    [InlineData("http://host/orders/4711/items", "/orders/*/items")]
    [InlineData("http://host/v1/charges", "/v1/charges")]
    [InlineData("http://host/v2026/charges", "/*/charges")]
    [InlineData("http://host/hooks/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst", "/hooks/*")]
    [InlineData("http://host/a/b/c/d/e/f/g/h/i", "/a/b/c/d/e/f/g/…")]
    public void A_route_has_no_query_no_user_and_no_part_that_may_be_an_identifier(string address, string route) =>
        Assert.Equal(route, Route.Of(new Uri(address)));
}
