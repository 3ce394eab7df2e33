namespace Isobar.Local.Tests.Services.Kinesis;

internal sealed class StreamsInRegions : IRegionalService
{
    public string SigningName => "kinesis";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        AskAsync(host, "CreateStream", $$"""{"StreamName":"{{name}}","ShardCount":1}""", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        AskAsync(host, "ListStreams", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        AskAsync(host, "DeleteStream", $$"""{"StreamName":"{{name}}"}""", region);

    private Task<(int Status, string Body)> AskAsync(
        ServicesOnPortZero host, string operation, string body, string region) =>
        host.JsonAsync(SigningName, $"Kinesis_20131202.{operation}", body, region);
}
