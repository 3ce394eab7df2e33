using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;

namespace Isobar.Api;

/// <summary>Answers with a form that uploads one file, as large as was said, to the landing bucket.</summary>
public sealed class CreateUploadRoute(UploadDesk desk, Answers answers)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Post, "/uploads")]
    public async Task<APIGatewayProxyResponse> CreateUpload(APIGatewayProxyRequest request, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        if (UploadRequest.TryRead(request.IsBase64Encoded ? null : request.Body, out var problem) is not { } wanted)
            return answers.Problem(request, HttpStatusCode.BadRequest, problem);
        var upload = await desk.OpenAsync(wanted);
        Logger.LogInformation("Form for {key}, up to {bytes} bytes", upload.Key, wanted.Bytes);
        return answers.Of(HttpStatusCode.Created, upload, BodiesJson.Default.UploadBody);
    }
}
