namespace Isobar.Local.Tests.Services.Sns;

internal sealed class TopicsInRegions : IRegionalService
{
    public string SigningName => "sns";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.QueryAsync(SigningName, "CreateTopic", $"Name={name}", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.QueryAsync(SigningName, "ListTopics", region: region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.QueryAsync(
            SigningName, "DeleteTopic", $"TopicArn=arn:aws:sns:{region}:000000000000:{name}", region);
}
