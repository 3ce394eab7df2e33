extern alias parameters;
using System.Text;
using parameters::Isobar.Parameters.Caching;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>A source that a test answers for.</summary>
internal sealed class ScriptedSource : ISource
{
    /// <summary>What was asked, in order.</summary>
    public List<Wanted> Asked { get; } = [];

    /// <summary>Answers the next question; the number of questions so far is given.</summary>
    public Func<Wanted, int, Task<SourceAnswer>> Answer { get; set; } =
        (wanted, count) => Task.FromResult(Value($"{wanted.Name} {count}"));

    public static SourceAnswer Value(string text, bool isSecure = false) =>
        new(Encoding.UTF8.GetBytes(text), isSecure);

    /// <summary>Does not answer from now on.</summary>
    public void GoAway() => Answer = (_, _) => throw new AwayException("503");

    public Task<SourceAnswer> FetchAsync(Wanted wanted)
    {
        int count;
        lock (Asked)
        {
            Asked.Add(wanted);
            count = Asked.Count;
        }

        return Answer(wanted, count);
    }
}
