namespace Isobar.Local.Tests.Services.DynamoDb;

internal sealed class TablesInRegions : IRegionalService
{
    public string SigningName => "dynamodb";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "DynamoDB_20120810.CreateTable", $$"""
            {"TableName":"{{name}}","BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}
            """, region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.JsonAsync(SigningName, "DynamoDB_20120810.ListTables", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "DynamoDB_20120810.DeleteTable", $$"""{"TableName":"{{name}}"}""", region);
}
