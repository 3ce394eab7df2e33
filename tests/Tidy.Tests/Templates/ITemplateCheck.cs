namespace Isobar.Tidy.Tests.Templates;

/// <summary>One rule for templates that neither cfn-lint nor the SAM transform knows. Its name says it.</summary>
internal interface ITemplateCheck
{
    IEnumerable<Finding> Find(Template template);
}

/// <summary>What breaks a rule.</summary>
/// <param name="Where">The logical id, and the part of the resource where that helps.</param>
/// <param name="What">What is wrong there.</param>
internal sealed record Finding(string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}
