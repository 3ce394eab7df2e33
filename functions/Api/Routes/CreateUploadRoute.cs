using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;

namespace Isobar.Api;

/// <summary>Returns a form that uploads one file of at most the requested size to the landing bucket.</summary>
public sealed class CreateUploadRoute(UploadForms forms, Responses responses)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Post, "/uploads")]
    public async Task<APIGatewayProxyResponse> CreateUpload(APIGatewayProxyRequest request, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        if (UploadRequest.TryRead(request.IsBase64Encoded ? null : request.Body, out var problem) is not { } wanted)
            return responses.Problem(request, HttpStatusCode.BadRequest, problem);
        var upload = await forms.CreateAsync(wanted);
        Logger.LogInformation("Form for {key}, up to {bytes} bytes", upload.Key, wanted.Bytes);
        return responses.Of(HttpStatusCode.Created, upload, BodiesJson.Default.UploadBody);
    }
}
