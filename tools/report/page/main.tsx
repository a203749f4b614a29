import { render } from "preact";
import type { AccessReport } from "../model/schema";
import { App } from "./app";
import "./style.css";

const data = document.getElementById("data")?.textContent ?? "";
const app = document.getElementById("app");
if (app) {
  app.replaceChildren();
  render(<App report={JSON.parse(data) as AccessReport} />, app);
}
