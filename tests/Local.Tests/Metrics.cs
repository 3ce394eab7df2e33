using System.Text.Json.Nodes;

namespace Isobar.Local.Tests;

/// <summary>Reads metrics through CloudWatch's API.</summary>
internal static class Metrics
{
    /// <summary>One value for the whole time of a test; null without data.</summary>
    public static async Task<double?> ReadAsync(
        HttpClient client, string space, string metric, string statistic, (string Name, string Value)[] dimensions)
    {
        // A multiple of a minute that ends in the year 2033: all data are in one period, whenever the test runs.
        const long period = 1_999_999_980;
        var asked = new JsonObject
        {
            ["MetricDataQueries"] = new JsonArray(new JsonObject
            {
                ["Id"] = "m",
                ["MetricStat"] = new JsonObject
                {
                    ["Metric"] = new JsonObject
                    {
                        ["Namespace"] = space,
                        ["MetricName"] = metric,
                        ["Dimensions"] = new JsonArray([.. dimensions.Select(dimension => new JsonObject
                        {
                            ["Name"] = dimension.Name, ["Value"] = dimension.Value,
                        })]),
                    },
                    ["Period"] = period,
                    ["Stat"] = statistic,
                },
            }),
            ["StartTime"] = 0,
            ["EndTime"] = period,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(asked.ToJsonString()),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + "Credential=test/20260112/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0");
        request.Headers.Add("X-Amz-Target", "GraniteServiceVersion20100801.GetMetricData");
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        var values = JsonNode.Parse(body)!["MetricDataResults"]![0]!["Values"]!.AsArray();
        return values.Count == 0 ? null : (double)Assert.Single(values)!;
    }
}
