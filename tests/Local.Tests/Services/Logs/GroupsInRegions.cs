namespace Isobar.Local.Tests.Services.Logs;

internal sealed class GroupsInRegions : IRegionalService
{
    public string SigningName => "logs";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        AskAsync(host, "CreateLogGroup", $$"""{"logGroupName":"{{name}}"}""", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        AskAsync(host, "DescribeLogGroups", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        AskAsync(host, "DeleteLogGroup", $$"""{"logGroupName":"{{name}}"}""", region);

    private Task<(int Status, string Body)> AskAsync(
        ServicesOnPortZero host, string operation, string body, string region) =>
        host.JsonAsync(SigningName, $"Logs_20140328.{operation}", body, region);
}
