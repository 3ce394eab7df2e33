using System.Net;
using Isobar.Telemetry;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Otlp;
using Isobar.Telemetry.Shipping;
using static Isobar.Functions.Tests.Telemetry.BufferedLines;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>What is done with the answers of an OTLP receiver.</summary>
public sealed class OtlpDestinationTests : IDisposable
{
    private readonly Receiver receiver = new();
    private readonly HttpClient http;
    private readonly OtlpDestination destination;

    public OtlpDestinationTests()
    {
        http = new HttpClient(receiver);
        destination = new OtlpDestination(http, Settings(), new At());
    }

    [Fact]
    public async Task A_request_goes_to_the_path_of_its_signal_compressed_and_with_the_headers()
    {
        var answer = await SendAsync(OtlpFormat.Traces);
        Assert.Equal(Outcome.Taken, answer.Outcome);
        Assert.Equal("http://collector.example:4318/v1/traces", receiver.Asked!.RequestUri!.AbsoluteUri);
        Assert.Equal("secret", receiver.Asked.Headers.GetValues("api-key").Single());
        Assert.Equal("application/x-protobuf", receiver.Asked.Content!.Headers.ContentType!.MediaType);
        Assert.Equal(["gzip"], receiver.Asked.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_repeated(int status)
    {
        receiver.Status = status;
        var answer = await SendAsync(OtlpFormat.Logs);
        Assert.Equal((Outcome.TryAgain, $"status {status}", null), (answer.Outcome, answer.Reason, answer.RetryAfter));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(500)]
    public async Task Every_other_failure_is_final(int status)
    {
        receiver.Status = status;
        Assert.Equal(Outcome.Refused, (await SendAsync(OtlpFormat.Logs)).Outcome);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Mon, 12 Jan 2026 15:39:17 GMT", 10)]
    [InlineData("Mon, 12 Jan 2026 15:39:00 GMT", 0)]
    public async Task Retry_After_is_seconds_or_an_instant(string header, int seconds)
    {
        (receiver.Status, receiver.RetryAfter) = (503, header);
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await SendAsync(OtlpFormat.Logs)).RetryAfter);
    }

    [Fact]
    public async Task What_a_receiver_rejects_of_a_request_that_it_takes_is_counted()
    {
        // partial_success { rejected_log_records: 300, error_message: "too old" }, and a field that is not known.
        receiver.Body = [0x7A, 1, 9, 0x0A, 12, 0x08, 0xAC, 0x02, 0x12, 7, .. "too old"u8];
        var answer = await SendAsync(OtlpFormat.Logs);
        Assert.Equal((Outcome.Taken, 300, "too old"), (answer.Outcome, answer.Rejected, answer.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0A7F08")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("7B226F6B223A747275657D")]
    public async Task An_answer_that_is_no_export_response_rejects_nothing(string hex)
    {
        receiver.Body = Convert.FromHexString(hex);
        Assert.Equal((Outcome.Taken, 0), ((await SendAsync(OtlpFormat.Logs)).Outcome, 0));
    }

    public void Dispose() => http.Dispose();

    private static OtlpSettings Settings() => OtlpSettings.Read(new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector.example:4318",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=secret",
    }.GetValueOrDefault, Assert.Fail)!;

    private Task<Answer> SendAsync(string kind) => destination.SendAsync(
        new SealedBatch(1, Now, new BatchContent(kind, 1, 0, new byte[] { 1 })), CancellationToken.None);

    private sealed class At : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Receiver : HttpMessageHandler
    {
        public HttpRequestMessage? Asked { get; private set; }

        public int Status { get; set; } = 200;

        public string? RetryAfter { get; set; }

        public byte[] Body { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request;
            var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Body) };
            if (RetryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", RetryAfter);
            return Task.FromResult(response);
        }
    }
}
