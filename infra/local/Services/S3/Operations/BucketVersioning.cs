using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Reads and writes the versioning status of a bucket.</summary>
/// <remarks>Source: Amazon S3 API Reference, GetBucketVersioning and PutBucketVersioning.</remarks>
internal sealed class BucketVersioning(S3Store store)
{
    /// <exception cref="Wire.AwsException">NoSuchBucket.</exception>
    public Task GetAsync(S3Request request)
    {
        var versioning = store.Ask((state, _) => state.Bucket(request.Bucket).Versioning);
        return request.AnswerAsync("VersioningConfiguration", xml =>
        {
            if (versioning != Versioning.Off) xml.WriteElementString("Status", versioning.ToString());
        });
    }

    /// <exception cref="Wire.AwsException">NoSuchBucket, IllegalVersioningConfigurationException, MalformedXML;
    /// NotImplemented for MFA delete.</exception>
    public async Task PutAsync(S3Request request)
    {
        var document = await PayloadIntake.ReadDocumentAsync(request);
        var configuration = S3Xml.Read(document, "VersioningConfiguration").Only("Status", "MfaDelete");
        if (configuration.Text("MfaDelete") is "Enabled") throw S3Errors.NotImplemented("MfaDelete", "Enabled");
        var wanted = configuration.Text("Status") switch
        {
            "Enabled" => Versioning.Enabled,
            "Suspended" => Versioning.Suspended,
            null => throw S3Errors.IllegalVersioning(),
            _ => throw S3Errors.MalformedXml(),
        };
        store.Post((state, _) => state.Bucket(request.Bucket).Versioning = wanted);
        await request.AnswerAsync(200);
    }
}
