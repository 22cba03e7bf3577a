import { loadData } from "./data.js";
import { createModel } from "./model.js";
import { parseTrainOptions } from "./train-options.js";
import { train } from "./train.js";
import { showProgress } from "./progress.js";
import { createTerminal } from "./terminal.js";
for (const layers of ["256,128","32","none"]) {
const options = parseTrainOptions(["--epochs","10","--layers",layers, "--batch-size", layers==="none"?"8":"64"]);
const data = await loadData(options);
const terminal = createTerminal({isTTY:true,columns:80,hasColors:()=>true,write(){}}, "xterm");
const times = {bare:[] as number[], train:[] as number[], progress:[] as number[]};
for (let i=0;i<12;i++) {
  let m = createModel(options,data);
  let t=performance.now();
  await m.fit(data.parts.train.x,data.parts.train.y,{epochs:10,batchSize:options.batchSize,seed:1,validationData:[data.parts.validation.x,data.parts.validation.y]});
  times.bare.push(performance.now()-t);
  m = createModel(options,data);
  times.train.push((await train(m,data,options)).seconds*1000);
  m = createModel(options,data);
  times.progress.push((await train(m,data,options,{callbacks:[showProgress(terminal)]})).seconds*1000);
}
console.log(layers, Object.fromEntries(Object.entries(times).map(([k,v])=>[k,Math.min(...v).toFixed(1)])));
}
