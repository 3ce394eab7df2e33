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
    [InlineData("TELEMETRY_BUCKET", "", "neither TELEMETRY_BUCKET nor ")]
    [InlineData("TELEMETRY_LEVEL", "LOUD", "TELEMETRY_LEVEL should be ")]
    [InlineData("TELEMETRY_SAMPLE", "1.5", "TELEMETRY_SAMPLE should be ")]
    [InlineData("TELEMETRY_SAMPLE", "-0", "TELEMETRY_SAMPLE should be ")]
    [InlineData("TELEMETRY_API", "both", "TELEMETRY_API should be ")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "", "AWS_SECRET_ACCESS_KEY is not set")]
    [InlineData("AWS_ENDPOINT_URL", "no address", "the endpoint of S3 is not an address")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "OTEL_EXPORTER_OTLP_ENDPOINT is not an address")]
    public void A_setting_that_is_not_valid_is_told_and_does_not_stop_the_extension(
        string name, string value, string problem)
    {
        variables[name] = value;
        Assert.StartsWith(problem, Read().Problems[0]);
    }

    [Fact]
    public void Without_a_problem_there_is_nothing_to_tell() => Assert.Empty(Read().Problems);

    [Fact]
    public void An_OTLP_endpoint_is_set_by_OpenTelemetrys_own_variables()
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://collector.example:4318/base/";
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=a%20b%3D,x = y,nonsense";
        variables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "2500";
        var settings = Read();
        var otlp = settings.Otlp!;
        Assert.Equal("https://collector.example:4318/base/v1/logs", otlp.LogsEndpoint.AbsoluteUri);
        Assert.Equal("https://collector.example:4318/base/v1/traces", otlp.TracesEndpoint.AbsoluteUri);
        Assert.Equal([("api-key", "a b="), ("x", "y")], otlp.Headers);
        Assert.Equal(TimeSpan.FromMilliseconds(2_500), otlp.Timeout);
        Assert.DoesNotContain("nonsense", Assert.Single(settings.Problems));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://collector.example")]
    public void An_endpoint_that_cannot_be_spoken_to_is_left_out_and_the_bucket_stays(string name, string value)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector.example:4318";
        variables[name] = value;
        var settings = Read();
        Assert.Null(settings.Otlp);
        Assert.NotNull(settings.Bucket);
        Assert.Single(settings.Problems);
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
        Assert.Equal(expected, S3Store.Address(Read().Bucket!, "telemetry/a b/1").AbsoluteUri);
    }

    private Settings Read() => Settings.Read(variables.GetValueOrDefault);
}
