using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

// Endpoint, Region and credentials come from the environment, on AWS and on the local host.
using var dynamoDb = new AmazonDynamoDBClient();
var table = Environment.GetEnvironmentVariable("ORDERS_TABLE")!;

await LambdaBootstrapBuilder
    .Create<SQSEvent, SQSBatchResponse>(HandleAsync, new SourceGeneratorLambdaJsonSerializer<OrdersJson>())
    .Build()
    .RunAsync();

async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
{
    var response = new SQSBatchResponse { BatchItemFailures = [] };
    foreach (var message in batch.Records)
    {
        try
        {
            var order = JsonSerializer.Deserialize(message.Body, OrdersJson.Default.Order)!;
            await dynamoDb.PutItemAsync(new PutItemRequest(table, new Dictionary<string, AttributeValue>
            {
                ["id"] = new(order.Id),
                ["pieces"] = new() { N = $"{order.Pieces}" },
            }));
        }
        catch (JsonException e)
        {
            context.Logger.LogLine($"Refused {message.MessageId}: {e.Message}");
            response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
        }
    }

    return response;
}

internal sealed record Order(string Id, int Pieces);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class OrdersJson : JsonSerializerContext;
