using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Requests;

namespace Isobar.Local.Tests.Services.ApiGateway;

public sealed class RouteTableTests
{
    private static readonly string[] Paths =
        ["/", "/jobs", "/jobs/{id}", "/jobs/{id}/redrive", "/jobs/latest", "/files/{proxy+}", "/files/{name}/info",
            "/a/{x}/c"];

    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/jobs", "/jobs", "")]
    [InlineData("/jobs/", "/jobs", "")]
    [InlineData("/jobs/7", "/jobs/{id}", "id=7")]
    [InlineData("/jobs/latest", "/jobs/latest", "")]
    [InlineData("/jobs/latest/redrive", "/jobs/{id}/redrive", "id=latest")]
    [InlineData("/files/a/b/c", "/files/{proxy+}", "proxy=a/b/c")]
    [InlineData("/files/a/info", "/files/{name}/info", "name=a")]
    [InlineData("/files/a", "/files/{name}", "name=a")]
    [InlineData("/files", "/files", "")]
    [InlineData("/nothing", null, null)]
    [InlineData("/jobs/7/redrive/more", null, null)]
    [InlineData("/JOBS", null, null)]
    [InlineData("/a//c", null, null)]
    public void The_most_exact_resource_is_found(string path, string? resource, string? parameters)
    {
        var match = new RouteTable(Paths.Select(Method)).Find(path);
        if (resource is null)
        {
            Assert.Null(match);
            return;
        }

        Assert.Equal(Paths.Contains(resource) ? resource : null, match!.Methods.GetValueOrDefault("GET")?.ResourcePath);
        Assert.Equal(parameters, string.Join(',', match.PathParameters.Select(entry => $"{entry.Key}={entry.Value}")));
    }

    [Theory]
    [InlineData("jobs", "jobs must begin with /")]
    [InlineData("/jobs/", "/jobs/ must not end with /")]
    [InlineData("/jobs/x{id}", "/jobs/x{id}: a parameter must be a whole segment")]
    [InlineData("/{proxy+}/x", "/{proxy+}/x: a greedy parameter must come last")]
    public void A_path_that_AWS_would_not_take_is_named(string path, string error) =>
        Assert.Equal(error, Assert.Single(RouteTable.Errors([Method(path)])));

    [Fact]
    public async Task A_method_of_its_own_comes_before_ANY_and_other_methods_are_missing()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync($"""
            /both:
              get: {ApiGatewayOnPortZero.Proxy.Replace("INVOKE", "INVOKE, timeoutInMillis: 100")}
              x-amazon-apigateway-any-method: {ApiGatewayOnPortZero.Proxy}
            /one:
              get: {ApiGatewayOnPortZero.Proxy}
            """);
        Assert.Equal(200, (await api.PostAsync("/both", "")).Status);
        Assert.Equal(200, (await api.GetAsync("/both")).Status);
        var missing = await api.PostAsync("/one", "");
        Assert.Equal((403, "Missing Authentication Token"), missing.Refusal);
        Assert.Equal("MissingAuthenticationTokenException", missing.Header("x-amzn-ErrorType"));
    }

    [Theory]
    [InlineData("/_aws/execute-api")]
    [InlineData("/_aws/execute-api/nothing")]
    [InlineData("/_aws/execute-api/nothing/test/x")]
    public async Task An_unknown_API_or_stage_is_forbidden(string path)
    {
        await using var api = await ApiGatewayOnPortZero.StartAsync();
        using var answer = await api.Client.GetAsync(path);
        Assert.Equal((403, """{"message":"Forbidden"}"""), ((int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync()));
    }

    private static ApiMethod Method(string path) => new(path, "GET", new ProxyIntegration(new Arn("", "", "", "", ""),
        default));
}
