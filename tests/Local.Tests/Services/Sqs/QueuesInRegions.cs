namespace Isobar.Local.Tests.Services.Sqs;

internal sealed class QueuesInRegions : IRegionalService
{
    public string SigningName => "sqs";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "AmazonSQS.CreateQueue", $$"""{"QueueName":"{{name}}"}""", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.JsonAsync(SigningName, "AmazonSQS.ListQueues", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(
            SigningName, "AmazonSQS.DeleteQueue", $$"""{"QueueUrl":"http://h/000000000000/{{name}}"}""", region);
}
