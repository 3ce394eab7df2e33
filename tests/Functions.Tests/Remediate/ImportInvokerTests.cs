using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Isobar.Remediate;

namespace Isobar.Functions.Tests.Remediate;

public sealed class ImportInvokerTests
{
    [Fact]
    public async Task The_event_goes_to_Import_asynchronously_as_it_is()
    {
        using var lambda = new RecordingLambda();
        await new ImportInvoker(lambda, "isobar-import").InvokeAsync("""{"importId":"1"}""", default);
        var request = Assert.Single(lambda.Requests);
        Assert.Equal(
            ("isobar-import", InvocationType.Event, """{"importId":"1"}"""),
            (request.FunctionName, request.InvocationType, request.Payload));
    }

    private sealed class RecordingLambda() : AmazonLambdaClient(
        new AnonymousAWSCredentials(), new AmazonLambdaConfig { RegionEndpoint = Amazon.RegionEndpoint.USEast1 })
    {
        public List<InvokeRequest> Requests { get; } = [];

        public override Task<InvokeResponse> InvokeAsync(
            InvokeRequest request, CancellationToken cancellationToken = default)
        {
            Requests.Add(request);
            return Task.FromResult(new InvokeResponse());
        }
    }
}
