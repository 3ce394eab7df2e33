using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Images;

/// <summary>Finds the image of a function, whoever makes the function: a template, or a caller of the API.</summary>
internal sealed class FunctionImages(ImageBuilder builder, ServiceClock clock)
{
    // The images that were built here.
    private readonly Monitor<ImageRegistry> registry = new("container images", new ImageRegistry(), clock);

    public ImageBuilder Builder => builder;

    /// <summary>
    /// Of a template's function: what was built of its Dockerfile, known from then on under the address that it would
    /// have in ECR; or one that is known already.
    /// </summary>
    /// <exception cref="CodeMissingException">It can't be built.</exception>
    /// <exception cref="AwsException">InvalidParameterValueException: no such image.</exception>
    public async ValueTask<FunctionImage> OfTemplateAsync(
        ResourceDeclaration declaration, FunctionTemplate template, CancellationToken cancellationToken)
    {
        var built = builder.FindPackaged(template.Code);
        if (built is null && ImageSource.Parse(template.Code) is { } source)
            built = (await builder.BuildAsync(source, build: true, cancellationToken), source.Tag);
        if (built is not { Image: var image, Tag: var tag }) return Find(template.Code, template.ImageConfig);
        var stack = declaration.Stack;
        var uri = ImageUri.Of(
            stack.AccountId, stack.Region,
            $"{stack.StackName}/{declaration.LogicalId}".ToLowerInvariant(), tag);
        registry.Post((images, _) => images.Put(uri, image));
        return new FunctionImage(uri, image, template.ImageConfig);
    }

    /// <summary>By address.</summary>
    /// <param name="overrides">What the function says instead of the image.</param>
    /// <remarks>
    /// Source of the texts: answers of AWS in public reports; the address must have a tag or a digest.
    /// </remarks>
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: no address of an image in ECR, or this host has built no such image.
    /// </exception>
    public FunctionImage Find(string address, ImageRequest? overrides)
    {
        if (ImageUri.Parse(address) is not { } uri)
            throw LambdaErrors.InvalidParameter(
                $"Source image {address} is not valid. Provide a valid source image.");
        var image = registry.Ask((images, _) => images.Find(uri)) ?? throw LambdaErrors.InvalidParameter(
            $"Source image {address} does not exist. Provide a valid source image.");
        return new FunctionImage(uri, image, overrides is { IsEmpty: false } ? overrides : null);
    }

    /// <summary>An image brings its own runtime, handler and layers.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException: the request has one of them.</exception>
    public static void CheckNothingOfZips(FunctionConfigurationRequest body)
    {
        if (body.Handler is null && body.Runtime is null && body.Layers is not { Count: > 0 }) return;
        throw LambdaErrors.InvalidParameter(
            "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.");
    }
}
