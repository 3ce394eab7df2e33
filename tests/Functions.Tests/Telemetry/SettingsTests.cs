using Isobar.Telemetry;
using Isobar.Telemetry.Shipping;

namespace Isobar.Functions.Tests.Telemetry;

public sealed class SettingsTests
{
    private readonly Dictionary<string, string> variables = new()
    {
        ["AWS_LAMBDA_RUNTIME_API"] = "127.0.0.1:9001",
        ["TELEMETRY_BUCKET"] = "isobar-data",
        ["AWS_REGION"] = "eu-central-1",
        ["AWS_ACCESS_KEY_ID"] = "key",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
    };

    [Fact]
    public void An_environment_is_named_anew_by_every_process() =>
        Assert.NotEqual(Read().EnvironmentId, Read().EnvironmentId);

    [Theory]
    [InlineData("TELEMETRY_BUCKET", "", "Telemetry.MissingSetting")]
    [InlineData("TELEMETRY_LEVEL", "LOUD", "Telemetry.InvalidLevel")]
    public void A_setting_without_meaning_is_an_error_with_a_name(string name, string value, string errorType)
    {
        variables[name] = value;
        Assert.Equal(errorType, Assert.Throws<SettingsException>(Read).ErrorType);
    }

    [Theory]
    [InlineData("eu-central-1", "isobar-data", null,
        "https://isobar-data.s3.eu-central-1.amazonaws.com/telemetry/a%20b/1")]
    [InlineData("cn-north-1", "isobar-data", null,
        "https://isobar-data.s3.cn-north-1.amazonaws.com.cn/telemetry/a%20b/1")]
    [InlineData("us-east-1", "isobar.data", null, "https://s3.us-east-1.amazonaws.com/isobar.data/telemetry/a%20b/1")]
    [InlineData("us-east-1", "isobar-data", "http://127.0.0.1:4580",
        "http://127.0.0.1:4580/isobar-data/telemetry/a%20b/1")]
    public void A_bucket_is_addressed_as_AWS_wants_it(string region, string bucket, string? endpoint, string expected)
    {
        variables["AWS_REGION"] = region;
        variables["TELEMETRY_BUCKET"] = bucket;
        if (endpoint is not null) variables["AWS_ENDPOINT_URL"] = endpoint;
        Assert.Equal(expected, S3Store.Address(Read(), "telemetry/a b/1").AbsoluteUri);
    }

    private Settings Read() => Settings.Read(variables.GetValueOrDefault);
}
