using System.Text.Json;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>Requests as JSON, for what clients do not send or do not show.</summary>
internal static class TableCalls
{
    public const string TableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/jobs";

    /// <summary>The response; fails the test when it is an error.</summary>
    public static async Task<JsonElement> OkAsync(this DynamoDbOnPortZero host, string operation, string body)
    {
        var (isOk, answer) = await SendAsync(host, operation, body);
        Assert.True(isOk, $"{answer}");
        return answer;
    }

    /// <summary>The code and the message of an error; fails the test when there is none.</summary>
    public static async Task<(string Code, string Message)> ErrorAsync(
        this DynamoDbOnPortZero host, string operation, string body)
    {
        var (isOk, answer) = await SendAsync(host, operation, body);
        Assert.False(isOk, $"{answer}");
        return (answer.GetProperty("__type").GetString()!.Split('#')[1], answer.GetProperty("message").GetString()!);
    }

    private static async Task<(bool IsOk, JsonElement Answer)> SendAsync(
        DynamoDbOnPortZero host, string operation, string body)
    {
        using var http = new HttpClient();
        using var request = RawRequest.Of(host.Address, operation, body);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.IsSuccessStatusCode, JsonElement.Parse(text));
    }
}
