using BenchmarkDotNet.Running;
using SocketTools.Bench;

// dotnet run -c Release --project bench/SocketTools.ParserBench [-- options of BenchmarkDotNet]: what reading an answer costs by its bytes, whatever their shape. Time and
// memory of the rows of one shape grow as their Kilobytes do.
BenchmarkRunner.Run<ParserBench>(args: args.Length > 0 ? args : ["--job", "short", "--inProcess"]);
