namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// Lambda@Edge takes less than Lambda: no variables, layers, VPC, tracing and so on, its own or leaked from Globals.
/// </summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, Restrictions on Lambda@Edge, and Quotas on Lambda@Edge.
/// </remarks>
internal sealed class EdgeFunctionsKeepTheEdgesRules : ITemplateCheck
{
    private const double ViewerTimeoutSeconds = 5;
    private const double OriginTimeoutSeconds = 30;
    private const double ViewerMemoryMb = 128;

    // What AWS sets where a template says nothing.
    private const double DefaultTimeoutSeconds = 3;
    private const double DefaultMemoryMb = 128;

    private static readonly string[] Forbidden =
    [
        "Environment", "Layers", "VpcConfig", "DeadLetterQueue", "ProvisionedConcurrencyConfig", "EphemeralStorage",
        "ImageUri", "KmsKeyArn",
    ];

    public IEnumerable<Finding> Find(Template template) =>
        EdgeFunctions.In(template).SelectMany(function => Of(template, function))
            .Concat(Versions(template))
            .Concat(Region(template));

    private static IEnumerable<Finding> Of(Template template, TemplateResource function)
    {
        foreach (var property in Forbidden)
            if (function.At(property) is not null)
                yield return new Finding(function.Id, $"an edge function has {property}, its own or from Globals");
        if (function.Text("Tracing") is "Active")
            yield return new Finding(function.Id, "an edge function is traced, by itself or by Globals");
        if (Intrinsic.Each(function.At("Architectures")).Any(name => Intrinsic.Text(name) == "arm64"))
            yield return new Finding(function.Id, "the edge has no arm64");
        if (function.Text("Runtime") is not { } runtime
            || !runtime.StartsWith("nodejs", StringComparison.Ordinal)
            && !runtime.StartsWith("python", StringComparison.Ordinal))
            yield return new Finding(function.Id, $"the edge runs Node.js and Python, not {function.Text("Runtime")}");
        if (!EdgeFunctions.Principals(template, function).Order().SequenceEqual(
            ["edgelambda.amazonaws.com", "lambda.amazonaws.com"]))
            yield return new Finding(function.Id, "an edge function trusts lambda and edgelambda, and no other");
        foreach (var finding in Sizes(function, IsForViewers(template, function))) yield return finding;
    }

    private static IEnumerable<Finding> Sizes(TemplateResource function, bool isForViewers)
    {
        var timeout = function.Number("Timeout") ?? DefaultTimeoutSeconds;
        var memory = function.Number("MemorySize") ?? DefaultMemoryMb;
        var longest = isForViewers ? ViewerTimeoutSeconds : OriginTimeoutSeconds;
        if (timeout > longest) yield return new Finding(function.Id, $"{timeout} s at the edge, of {longest} s");
        if (isForViewers && memory > ViewerMemoryMb)
            yield return new Finding(function.Id, $"{memory} MB for viewers, of {ViewerMemoryMb} MB");
    }

    private static bool IsForViewers(Template template, TemplateResource function) =>
        EdgeFunctions.Associations(template).Any(pair =>
            EdgeFunctions.Behind(template, pair.Association) == function
            && Intrinsic.Text(pair.Association["EventType"])?.StartsWith("viewer-", StringComparison.Ordinal) == true);

    // !Ref Function.Version is what AutoPublishAlias makes: a numbered version.
    private static IEnumerable<Finding> Versions(Template template) =>
        from pair in EdgeFunctions.Associations(template)
        let function = EdgeFunctions.Behind(template, pair.Association)
        where function is null
            || Intrinsic.Ref(pair.Association["LambdaFunctionARN"]) != $"{function.Id}.Version"
            || function.Text("AutoPublishAlias") is null
        select new Finding(pair.Distribution.Id, "CloudFront takes a numbered version: !Ref Function.Version");

    private static IEnumerable<Finding> Region(Template template) =>
        from function in EdgeFunctions.In(template)
        where template.Profile.Region != "us-east-1"
        select new Finding(function.Id, $"edge functions are created in us-east-1, not {template.Profile.Region}");
}
