using Isobar.Local.Lambda.Code;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Where a request has the zip file of a function or a layer: in itself, or in a bucket.</summary>
internal sealed record PackageSource(byte[]? ZipFile, string? S3Bucket, string? S3Key, string? S3ObjectVersion);

/// <summary>Receives the zip files of functions and layers.</summary>
/// <remarks>Source: AWS Lambda API Reference, FunctionCode and LayerVersionContentInput; texts as recorded.</remarks>
/// <param name="services">Finds the service that has the buckets.</param>
internal sealed class CodeUploads(CodeStore store, ServiceDirectory services)
{
    /// <summary>Unzips the package into the store.</summary>
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: no source or two, no such object, no zip file, or too large unzipped;
    /// RequestEntityTooLargeException: too large a zip file in the request.
    /// </exception>
    public async ValueTask<StoredCode> StoreAsync(PackageSource? source, CancellationToken cancellationToken)
    {
        var upload = store.CreateUpload();
        var file = upload.Name;
        try
        {
            await using (upload)
            {
                await ReceiveAsync(source, upload, cancellationToken);
                return await store.AddZipAsync(upload, LambdaLimits.MaxUnzippedBytes, cancellationToken);
            }
        }
        catch (PackageRefusedException e)
        {
            throw LambdaErrors.InvalidParameter(e.Message);
        }
        finally
        {
            // Still there unless it is kept.
            File.Delete(file);
        }
    }

    private async ValueTask ReceiveAsync(
        PackageSource? source, FileStream upload, CancellationToken cancellationToken)
    {
        switch (source)
        {
            case { ZipFile: { } zip, S3Bucket: null, S3Key: null, S3ObjectVersion: null }:
                if (zip.Length > LambdaLimits.MaxZippedBytes)
                    throw LambdaErrors.EntityTooLarge(
                        $"Zipped size must be smaller than {LambdaLimits.MaxZippedBytes} bytes");
                await upload.WriteAsync(zip, cancellationToken);
                break;
            case { ZipFile: not null }:
                throw LambdaErrors.InvalidParameter(
                    "Please do not provide other FunctionCode parameters when providing a ZipFile.");
            case { S3Bucket: { Length: > 0 } bucket, S3Key: { Length: > 0 } key }:
                await CopyAsync(
                    new Arn("aws", "s3", "", "", $"{bucket}/{key}"), source.S3ObjectVersion, upload, cancellationToken);
                break;
            default:
                throw LambdaErrors.InvalidParameter("Please provide a source for function code.");
        }
    }

    private async ValueTask CopyAsync(
        Arn resource, string? version, FileStream upload, CancellationToken cancellationToken)
    {
        if (services.Of<IObjectSource>(resource) is not { } objects)
            throw LambdaErrors.InvalidParameter("This host has no service from which it could read the package.");
        try
        {
            // A zip file that is larger than what may come out of it is refused before it is read.
            var size = await objects.CopyAsync(
                resource, version, upload, LambdaLimits.MaxUnzippedBytes, cancellationToken);
            if (size > LambdaLimits.MaxUnzippedBytes)
                throw PackageRefusedException.TooLarge(LambdaLimits.MaxUnzippedBytes);
        }
        catch (AwsException e)
        {
            throw LambdaErrors.InvalidParameter(
                $"Error occurred while GetObject. S3 Error Code: {e.Code}. S3 Error Message: {e.Message}");
        }
    }
}
